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
select period, referrer, sex, announced_age_group as age_group, region, 1 as numerator
from core.cm_fp_case_month
where announced_now
