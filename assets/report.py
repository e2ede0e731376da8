"""The files people receive."""

from pipelines.orchestration.factories import report_asset

gp_cii = report_asset()
