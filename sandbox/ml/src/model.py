"""A logistic model with fixed coefficients: the home team's chance from what tells the teams apart."""

import math

HOME_ADVANTAGE = 0.22

# What one unit more for the home team than for the away team adds to the log-odds.
COEFFICIENTS = {
    "team_win_pct": 1.9,
    "team_win_pct_last10": 0.6,
    "team_avg_pts_scored": 0.05,
    "team_avg_pts_scored_opp": -0.03,
    "team_rank": -0.02,
    "days_rest": 0.04,
    "is_top_players": 0.35,
}

DIGITS = 3


def home_win_chance(game: dict) -> float:
    """Between 0 and 1; a feature that a side lacks tells nothing."""
    log_odds = HOME_ADVANTAGE
    for feature, coefficient in COEFFICIENTS.items():
        home, away = game.get(f"home_{feature}"), game.get(f"away_{feature}")
        if home is not None and away is not None:
            log_odds += coefficient * (float(home) - float(away))
    return 1 / (1 + math.exp(-log_odds))


def predict(game: dict) -> dict:
    """The game with both teams' chances, which add up to 1."""
    home = round(home_win_chance(game), DIGITS)
    return {
        **game,
        "home_team_predicted_win_pct": home,
        "away_team_predicted_win_pct": round(1 - home, DIGITS),
    }
