-- Solutions CM-FP trouvées
--
-- definition: Dossiers CM-FP clos jusqu'au dernier jour du mois avec un CFC, une AFP, un apprentissage débuté, un emploi ou une structure adaptée.
-- numerator: dossiers clos avec une solution
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse favorable
-- shape: count
-- reads: cumulated
-- dimensions: total, outcome = cm_fp_solution
-- persons: cumulated
-- equals: numerator by outcome = cm_fp_closed
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 3e314969247b40f7
select period, outcome, 1 as numerator
from core.cm_fp_case_month
where solved
