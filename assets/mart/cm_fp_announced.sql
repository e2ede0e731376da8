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
select period, 1 as numerator
from core.cm_fp_case_month
