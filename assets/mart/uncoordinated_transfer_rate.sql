-- Passages sans dossier commun
--
-- definition: Part des passages d'un système à un autre (personnes de 18 à 64 ans), comptés au mois d'entrée, sans dossier du Réseau CII NE de
--   la personne entre détection et clôture dans le mois d'avant, le mois même ou celui d'après; douze derniers mois, dès mars 2015.
-- numerator: passages sans dossier commun
-- denominator: passages d'un système à un autre
-- unit: part
-- source: Prestations (prestations) et dossiers du Réseau CII NE (reseau_cii_dossiers)
-- reading: hausse défavorable
-- shape: ratio
-- reads: from -11-gap_months to +gap_months
-- rests_on: SEMP, OAI, SASO, CII
-- linked: yes
-- dimensions: total, from_to
-- persons: window
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 469f1570652fb182
with since as (
  select arg_max(date, valid_from) as first_day
  from core.parameter
  where parameter = 'transfer_file_from' and valid_from <= $known_on
)
select c.period, t.from_to, count(*) filter (not t.joint_file) as numerator, count(*) as denominator
from core.transfer t
join since s on t.period >= s.first_day
join core.calendar c on c.grain = 'month' and t.period between c.trailing_from and c.last_day
group by all
