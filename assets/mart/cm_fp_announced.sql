-- Dossiers CM-FP annoncés
--
-- definition: Dossiers CM-FP annoncés jusqu'au dernier jour du mois, cumulés depuis 2009.
-- numerator: dossiers annoncés
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: c496ea0d92a647c5
select period, 1 as numerator
from core.cm_fp_case_month
