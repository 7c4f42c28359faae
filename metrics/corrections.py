"""What analysts corrected since the snapshot was made: it counts from the next one on."""

from metrics import division, verdicts, vocabulary
from metrics.snapshot import Snapshot
from metrics.words import number

WORDS = "本单位词表改过:诉求内容重新切词,热点诉求里高频、异动和建议分类的件数会变"
LINKS = "关联有确认或拆分:一人多诉、多人同诉和调解后复诉的件数会变"
LINES = "网格沿革有{}行更正:按现行网格折算的件数会变,全街道合计不变"


def waiting(snapshot: Snapshot) -> tuple[str, ...]:
    """In sentences, what will change.

    Raises:
        notebook.Unwritable: the notebook is there and cannot be read.
    """
    lines = division.pending(snapshot)
    said = (
        WORDS if vocabulary.pending(snapshot) else "",
        LINKS if verdicts.pending(snapshot, verdicts.given()) else "",
        LINES.format(number(lines)) if lines else "",
    )
    return tuple(filter(None, said))
