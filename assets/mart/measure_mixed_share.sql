-- Part des mesures mixtes
--
-- definition: Part des mesures utilisées qui l'ont été par deux services ou plus, en douze mois ou dans l'année.
-- numerator: mesures utilisées par deux services ou plus
-- denominator: mesures utilisées
-- unit: part
-- source: Participations aux mesures (participations)
-- reading: neutre
-- shape: ratio
-- grains: month, year
-- reads: trailing 12
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 0f47dbd0a9af88d9
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed,
  (m.mixed = 'OUI')::integer as numerator, 1 as denominator
from core.measure_period m
where m.services is not null
