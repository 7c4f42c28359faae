"""Links of a store worked out by themselves: python benchmarks/linking.py DATA_DIRECTORY"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from etl import graph
from etl.engine import connect
from etl.place import Place
from etl.tables import read_model
from etl.verdicts import lay_out

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    place = Place(Path(sys.argv[1]).resolve())
    with connect(place.store, place, read_only=True) as con:
        lay_out(con, [])
        graph.build(con, read_model("_matters"))
        con.execute(f"CREATE TEMP TABLE _chains AS {read_model('_chains')}")
