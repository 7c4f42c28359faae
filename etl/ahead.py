"""Work on a stream of parts in another thread, a few parts ahead of whoever takes the results."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

THREADS = 2  # for those who have all their parts at hand
# Parts of a stream at a time: more, or more threads at it, drive each other out of the processor's cache.
HELD = 2

Part = TypeVar("Part")
Made = TypeVar("Made")


def ahead(work: Callable[[Part], Made], parts: Iterable[Part]) -> Iterator[tuple[Part, Made]]:
    """Each part and what is made of it, in their order."""
    waiting: deque[tuple[Part, Future[Made]]] = deque()
    with ThreadPoolExecutor(1) as pool:
        for part in parts:
            waiting.append((part, pool.submit(work, part)))
            if len(waiting) > HELD:
                done, made = waiting.popleft()
                yield done, made.result()
        for done, made in waiting:
            yield done, made.result()
