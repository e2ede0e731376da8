-- Les chiffres publiés ressortent des lignes.
--
-- name: chiffres_publies
-- blocking: no
select p.figure
from mart.published_figure p
left join mart.figure_of_record f on f.figure = p.figure
-- Empty where the data do not reach the month: then there is nothing to compare.
where f.figure is null or not f.matches
