-- Taux de formation ou d'emploi CM-FP
--
-- definition: Part des dossiers CM-FP clos dans les critères qui l'ont été avec un CFC, une AFP, un apprentissage débuté ou un emploi; âge à l'annonce.
-- numerator: dossiers clos avec CFC, AFP, apprentissage ou emploi
-- denominator: dossiers clos, sans les hors critères
-- unit: part
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse favorable
-- shape: ratio
-- reads: cumulated
-- dimensions: total, sex, age_group, region, referrer
-- persons: cumulated
-- equals: numerator by total = cm_fp_solutions - cm_fp_solutions[outcome=STRUCTURE_ADAPTEE];
--   denominator = cm_fp_eligible_solution_rate.denominator
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: d3887fd883a60553
select period, sex, announced_age_group as age_group, region, referrer,
  (solved and outcome <> 'STRUCTURE_ADAPTEE')::integer as numerator,
  1 as denominator
from core.cm_fp_case_month
where state = 'CLOSED' and outcome <> 'HORS_CRITERES'
