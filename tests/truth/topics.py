"""All topics that are compared with ground truth, in the order in which they are told."""

import networks
import official_days
import published

import projects

TOPICS = (*networks.TOPICS, *projects.TOPICS, *published.TOPICS, *official_days.TOPICS)
