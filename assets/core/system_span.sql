-- Une ligne par système dont des prestations sont en vigueur: le service qui l'envoie, les mois observés et l'interruption qui termine.
--
-- key: system
-- columns: system* service* first_month* last_month* gap_months*
-- privacy: public
select b.system, b.service, min(d.period) as first_month, max(d.period) as last_month, any_value(g.months)::integer as gap_months
from core.benefit b
join core.delivery_in_force d on d.dataset = 'prestations' and d.service = b.service
cross join (
  select arg_max(value, valid_from) as months from core.parameter where parameter = 'gap_months' and valid_from <= $known_on
) g
where b.system is not null
group by b.system, b.service
