-- Dossiers CM-FP disparus
--
-- definition: Dossiers CM-FP sans clôture qui n'ont plus de ligne valable dans les envois; annoncés = ouverts + clos + disparus.
-- numerator: dossiers disparus
-- unit: dossiers
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse défavorable
-- shape: count
-- reads: cumulated
-- dimensions: total
-- persons: cumulated public
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: e7cb130394bcb371
select period, 1 as numerator
from core.cm_fp_case_month
where state = 'VANISHED'
