-- Dossiers CM-FP clos
--
-- definition: Dossiers CM-FP clos jusqu'au dernier jour du mois, cumulés depuis 2009.
-- numerator: dossiers clos
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, outcome = cm_fp_outcome
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 3d4b1c8e19b42f73
select period, outcome, 1 as numerator
from core.cm_fp_case_month
where state = 'CLOSED'
