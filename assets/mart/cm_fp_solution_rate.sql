-- Taux de solutions CM-FP
--
-- definition: Part des dossiers CM-FP clos qui l'ont été avec une solution; âge à l'annonce.
-- numerator: dossiers clos avec une solution
-- denominator: dossiers clos
-- unit: part
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse favorable
-- shape: ratio
-- reads: cumulated
-- dimensions: total, sex, age_group, region, referrer
-- persons: cumulated
-- equals: numerator by total = cm_fp_solutions; denominator by total = cm_fp_closed
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: a9c6d77934df018b
select period, sex, announced_age_group as age_group, region, referrer,
  solved::integer as numerator,
  1 as denominator
from core.cm_fp_case_month
where state = 'CLOSED'
