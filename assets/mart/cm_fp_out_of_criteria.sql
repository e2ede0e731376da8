-- Dossiers CM-FP hors critères
--
-- definition: Dossiers CM-FP clos jusqu'au dernier jour du mois parce qu'ils ne répondaient pas aux critères de la mesure.
-- numerator: dossiers clos hors critères
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse défavorable
-- shape: count
-- reads: cumulated
-- dimensions: total, outcome_detail
-- persons: cumulated
-- equals: numerator by total = cm_fp_closed[outcome=HORS_CRITERES]
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 015755408e6203fa
select period, outcome_detail, 1 as numerator
from core.cm_fp_case_month
where outcome = 'HORS_CRITERES'
