-- Clôtures CM-FP du mois
--
-- definition: Dossiers CM-FP clos dans le mois.
-- numerator: dossiers clos dans le mois
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, outcome = cm_fp_outcome
-- persons: flow
-- equals: numerator in month = cm_fp_closed - cm_fp_closed@-1
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 8f8108af8e441fae
select period, outcome, 1 as numerator
from core.cm_fp_case_month
where closed_now
