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
select period, outcome, 1 as numerator
from core.cm_fp_case_month
where closed_now
