"""Reports on the command line: python -m reports backup DIR"""

import typer

from reports import backup

app = typer.Typer(help="报告与备份。", no_args_is_help=True, add_completion=False)
app.command("backup")(backup.command)


@app.callback()
def main() -> None:
    """A single command would otherwise be taken for the whole program."""


if __name__ == "__main__":
    app()
