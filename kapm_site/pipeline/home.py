"""What shows several projects, clients' start pages and the portfolio, as pieces of work for any process."""

from dataclasses import dataclass

from kapm_site.audience import ClientView, InternalView
from kapm_site.pipeline.pages import Root, client_home_files, portfolio_files
from kapm_site.problem import Mark, Problem


@dataclass(frozen=True, slots=True)
class HomeJob:
    """A client's start pages to make; `sealed` where they will be published encrypted."""

    root: Root
    view: ClientView
    sealed: bool

    def given_up(self, reason: str) -> Root:
        """Say why there is no start page."""
        return _given_up(self.root, f"the start page of client {self.view.client_id!r} is not made: {reason}")


@dataclass(frozen=True, slots=True)
class PortfolioJob:
    """The portfolio to make."""

    root: Root
    view: InternalView

    def given_up(self, reason: str) -> Root:
        """Say why there is no portfolio."""
        return _given_up(self.root, f"the portfolio is not made: {reason}")


def make_home(job: HomeJob) -> Root:
    """Make what is in a client's web root beside its projects."""
    client_home_files(job.root, job.view, sealed=job.sealed)
    return job.root


def make_portfolio(job: PortfolioJob) -> Root:
    """Make what is in the internal web root beside the projects."""
    portfolio_files(job.root, job.view)
    return job.root


def _given_up(root: Root, message: str) -> Root:
    hint = "look for loops in your own templates, or raise --time-limit"
    root.problems.append(Problem(Mark("templates"), "project-too-large", message, hint=hint))
    return root
