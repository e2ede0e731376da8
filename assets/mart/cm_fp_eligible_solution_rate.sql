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
select period, sex, announced_age_group as age_group, region, referrer,
  solved::integer as numerator,
  1 as denominator
from core.cm_fp_case_month
where state = 'CLOSED' and outcome <> 'HORS_CRITERES'
