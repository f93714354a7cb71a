"""Addresses of the pages of the strategy."""

from django.urls import path

from hrplan.core.row_pages import row_paths
from hrplan.strategy.views import follow_up, recording, rows, strategy

app_name = "strategy"
urlpatterns = [
    path("strategy/", strategy.strategy, name="strategy"),
    path("strategy/costs/", strategy.cost_list, name="cost_list"),
    path("strategy/decisions/", strategy.decision_list, name="decision_list"),
    path("strategy/proposals/", strategy.proposal_list, name="proposal_list"),
    path("strategy/roadmap/", follow_up.roadmap_page, name="roadmap"),
    path("strategy/milestones/<int:pk>/complete/", follow_up.complete, name="complete"),
    path("strategy/milestones/<int:pk>/reopen/", follow_up.reopen, name="reopen"),
    path("objectives/<int:pk>/", strategy.objective, name="objective"),
    path("indicators/", follow_up.indicator_list, name="indicator_list"),
    path("indicators/computed/", follow_up.computed_list, name="computed_list"),
    path("indicators/computed/again/", follow_up.compute_again, name="compute_again"),
    path("indicators/computed/record/", recording.record_all, name="record_all_computed"),
    path("indicators/<int:pk>/record/", recording.record, name="record_computed"),
    path("indicators/<int:pk>/", follow_up.indicator, name="indicator"),
    path("indicators/<int:pk>/measure/", follow_up.measure, name="measure"),
    path("indicators/<int:pk>/target/", follow_up.move_target, name="move_target"),
    path("initiatives/", follow_up.initiative_list, name="initiative_list"),
    path("initiatives/<int:pk>/", follow_up.initiative, name="initiative"),
    path("risks/", strategy.risk_list, name="risk_list"),
    path("obligations/", strategy.obligation_list, name="obligation_list"),
    *row_paths(app_name, rows.KINDS, under="strategy/", top=rows.TOP),
]
