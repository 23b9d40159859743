"""Run tutorials with the installed kernel and save them as they are kept here:

    python notebooks/save.py notebooks/*.ipynb

Execution times are left out and the pieces of a stream joined, so that a
notebook changes only where its results do. Needs nbclient.
"""

import sys

import nbformat
from nbclient import NotebookClient


def joined(outputs):
    """The outputs with neighbouring pieces of one stream made one."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        if output["output_type"] == last.get("output_type") == "stream" and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            result.append(output)
    return result


for path in sys.argv[1:]:
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=900, record_timing=False).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    nbformat.write(notebook, path)
    print("saved", path)
