"""Where the formulas come from, each in a sentence."""

PMI = "Earned value management as in PMI's practice standard."
EVM_METHODS = (
    "Ways of measuring earned value as in PMI's practice standard; the planned part accrues over working time."
)
LIPKE = "Earned schedule after Walt Lipke, with time counted in working time throughout."
KNOWLEDGE_CENTER = "One of the estimates that the OR-AS PM Knowledge Center compares."
CPM = "Critical path method: a forward and a backward pass over the plan's links, in working time."
CALENDAR = "Working time of the project's calendar: working hours divided by the hours of a day."
SIMULATION = "Monte Carlo simulation of the plan's network; a percentile is the first instant that enough runs reach."
CRITICAL_CHAIN = "Critical chain: the buffer takes up what the chain loses, and is read beside the chain's progress."
CSAT = "Customer satisfaction as it is commonly read: the mean of the marks, and the share of 4 and 5."
NPS = (
    "Net promoter score: share of 9 and 10 less share of 0 to 6; its standard error is that of a difference of shares."
)
RISK = "Expected monetary value as in PMI's practice: probability times what is at stake."
MATRIX = "The five-by-five risk matrix: probability times impact."
TOLERANCE = "Written thresholds; a tolerance of the project takes their place as PRINCE2 has it."
COUNT = "A count or sum of what is written in the project's files."
WINDOWS = "Observed windows between updates, as AACE's recommended practice 29R-03 describes them."
AS_BUILT = (
    "As planned against as built along the critical path, as AACE's recommended practice 29R-03 and the SCL Delay and "
    "Disruption Protocol describe it: slack is theirs who first need it, and parallel delay adds nothing."
)
HOUSE = "A rule of kapm."
