"""The copy people open."""

from pipelines.orchestration.factories import publish_asset

cii = publish_asset()
