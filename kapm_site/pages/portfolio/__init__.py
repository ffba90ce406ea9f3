"""The internal portfolio: one page over all clients that says first what needs attention, and why."""

from kapm_site.pages.portfolio.page import PortfolioPage, portfolio_page

__all__ = ["PortfolioPage", "portfolio_page"]
