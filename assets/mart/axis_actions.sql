-- Actions des axes
--
-- definition: Actions des axes stratégiques de la CII, dans l'état annoncé pour la fin de l'année.
-- numerator: actions
-- unit: actions
-- source: Actions des axes, coordination cantonale (actions_axes)
-- reading: neutre
-- shape: count
-- grains: year
-- reads: end
-- dimensions: total, axis, status = action_status
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 6e2c83658eb3ec83
select 'year' as grain, period, axis::varchar as axis, status, 1 as numerator
from core.axis_action
