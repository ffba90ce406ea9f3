"""Analysis → ClientView | InternalView: fields are copied by name, and what is not named stays out."""

from kapm_site.audience.build import client_project, client_view, internal_project, internal_view, portfolio_project
from kapm_site.audience.internal import InternalProject, InternalView, PortfolioProject
from kapm_site.audience.views import ClientView, ProjectView

__all__ = [
    "ClientView",
    "InternalProject",
    "InternalView",
    "PortfolioProject",
    "ProjectView",
    "client_project",
    "client_view",
    "internal_project",
    "internal_view",
    "portfolio_project",
]
