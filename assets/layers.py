"""The tables of `core` and `mart`, one SQL file each in the folders of that name."""

from pipelines.orchestration.factories import layer_asset

core = layer_asset("core")
mart = layer_asset("mart")
