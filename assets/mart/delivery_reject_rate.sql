-- Lignes écartées
--
-- definition: Lignes en erreur sur lignes lues, de la version en vigueur, sinon de la dernière; hors du cercle des analystes, en pour cent entiers.
-- numerator: lignes en erreur
-- denominator: lignes lues
-- unit: part
-- source: Registre des livraisons (stg.delivery)
-- reading: hausse défavorable
-- shape: ratio
-- reads: month
-- dimensions: total, service, dataset
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 9943bf70066da4d4
select period, service, dataset, rows_rejected as numerator, rows_read as denominator
from core.delivery_month
where cadence = 'monthly' and rows_read is not null
