-- Annonces CM-FP du mois
--
-- definition: Dossiers CM-FP annoncés dans le mois; âge à l'annonce.
-- numerator: dossiers annoncés dans le mois
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, referrer, sex, age_group, region
-- persons: flow
-- equals: numerator in month by total = cm_fp_announced - cm_fp_announced@-1
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: ffa96b9321b07628
select period, referrer, sex, announced_age_group as age_group, region, 1 as numerator
from core.cm_fp_case_month
where announced_now
