-- Taux de solutions CM-FP des dossiers admissibles
--
-- definition: Part des dossiers CM-FP clos dans les critères qui l'ont été avec une solution; âge à l'annonce. Vaut 100 % tant qu'aucun
--   dossier n'est annoncé clos sans solution ou interrompu: le bilan 2009-2013 ne publie pas d'échecs.
-- numerator: dossiers clos avec une solution
-- denominator: dossiers clos, sans les hors critères
-- unit: part
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse favorable
-- shape: ratio
-- reads: cumulated
-- dimensions: total, sex, age_group, region, referrer
-- persons: cumulated
-- equals: numerator = cm_fp_solution_rate; denominator by total = cm_fp_closed - cm_fp_out_of_criteria
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 7be492f61e58210f
select period, sex, announced_age_group as age_group, region, referrer,
  solved::integer as numerator,
  1 as denominator
from core.cm_fp_case_month
where state = 'CLOSED' and outcome <> 'HORS_CRITERES'
