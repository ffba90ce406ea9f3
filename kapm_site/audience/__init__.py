"""Analysis → ClientView | InternalView: fields are copied by name, and what is not named stays out."""

from kapm_site.audience.build import client_view, internal_view
from kapm_site.audience.views import ClientView, InternalProject, InternalView, ProjectView

__all__ = ["ClientView", "InternalProject", "InternalView", "ProjectView", "client_view", "internal_view"]
