"""
The session of Spark: the one that is running, such as a cluster's, or one on this machine alone.

The latter talks to nobody but itself, and writes in a folder of its own, encrypted.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from typing import TYPE_CHECKING

from dpia_checks.silence import silenced

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LONDON = "Europe/London"
SPARK = {
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.io.encryption.enabled": "true",
    "spark.sql.session.timeZone": LONDON,
    "spark.sql.timestampType": "TIMESTAMP_NTZ",  # a time without a zone stays as it is, whatever the session's zone
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
"""The settings of Spark, on a cluster and alone. What does not fit in memory is written to disk encrypted."""
ALONE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.authenticate": "true",  # another user of this machine gets no block from it
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
}
"""The settings of a session on this machine alone, which talks to nobody but itself."""


@cache
def session() -> SparkSession:
    """Return the session: the one that is running, such as a cluster's, or one on this machine alone."""
    from pyspark.sql import SparkSession

    with silenced():
        running = SparkSession.getActiveSession()
        builder = SparkSession.builder.config(map=SPARK)
        if running is None and "PYSPARK_GATEWAY_PORT" not in os.environ:  # spark-submit has chosen a master
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            os.environ.setdefault("SPARK_LOCAL_IP", ALONE["spark.driver.host"])  # or it asks a name server who it is
            builder = builder.master("local[*]").config(map={**ALONE, **_within(_own_folder())})
        return builder.getOrCreate()


def _own_folder() -> str:
    """Return a new temporary folder that nobody else may open, and that goes when this process ends."""
    folder = tempfile.mkdtemp(prefix="dpia_checks-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _within(folder: str) -> dict[str, str]:
    """Return the settings by which a session writes in *folder* alone."""
    java = f'-Djava.io.tmpdir="{folder}" -XX:-UsePerfData'
    return {
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.driver.extraJavaOptions": java,
    }
