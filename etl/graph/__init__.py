"""Which records are about the same matter, worked out from what they say, where and when.

No model and no chance: the same records give the same links, whatever the order they were loaded in.
"""

from etl.graph.build import Graph, Told, work_out

__all__ = ["Graph", "Told", "work_out"]
