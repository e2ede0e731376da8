-- Candidatures NE-ESO hors critères
--
-- definition: Candidatures NE-ESO déposées jusqu'au dernier jour du mois qui ne remplissent pas un critère au moins, en vigueur le
--   jour du dépôt, cumulées; une candidature compte sous chaque critère qu'elle ne remplit pas, et une fois dans le total.
-- numerator: candidatures hors critères
-- unit: candidatures
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, criterion
-- overlapping: criterion
-- persons: cumulated
-- equals: numerator by total = ne_eso_candidacies - ne_eso_eligible
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: dbe891af35d81f2c
with failing as (
  select applied_on, [criterion for criterion in [
    case when not meets_productivity then 'PRODUCTIVITE' end,
    case when not meets_dependants then 'CHARGE_DE_FAMILLE' end,
    case when not meets_social_problem then 'PROBLEMATIQUE' end,
    case when not meets_debt then 'DETTES' end,
    case when not meets_age then 'AGE' end
  ] if criterion is not null] as criterion
  from core.ne_eso_candidacy
  where not eligible
)
select c.period, f.criterion, 1 as numerator
from failing f
join core.calendar c on c.grain = 'month' and f.applied_on <= c.last_day
