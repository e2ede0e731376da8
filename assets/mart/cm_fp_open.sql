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
-- persons: stock
-- equals: numerator by total = cm_fp_announced - cm_fp_closed - cm_fp_vanished
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: dde9ef304520219c
select period, sex, age_group, region, 1 as numerator
from core.cm_fp_case_month
where state = 'OPEN'
