"""What every table and column means, and the taxonomy behind them. Imports nothing else of Khaldun."""
