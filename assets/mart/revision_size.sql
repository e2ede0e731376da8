-- Ampleur des révisions
--
-- definition: Médiane des changements relatifs, en valeur absolue, des chiffres diffusés d'un mois depuis leur première diffusion.
-- numerator: changement relatif médian
-- denominator: chiffres diffusés du mois, autres que 0
-- unit: part
-- source: Registre des diffusions (core.released_value)
-- reading: hausse défavorable
-- shape: median
-- reads: month
-- dimensions: total
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 6c3e2383dfe2ac88
select period, abs(value - value_first) / abs(value_first) as observation
from mart.revision
where grain = 'month' and value_first <> 0 and value is not null
