-- Dossiers CM-FP ouverts
--
-- definition: Dossiers CM-FP annoncés et ni clos ni disparus au dernier jour du mois; âge à ce jour.
-- numerator: dossiers ouverts
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, sex, age_group, region
select period, sex, age_group, region, 1 as numerator
from core.cm_fp_case_month
where state = 'OPEN'
