"""What a person asks of the registry of actors: who a name stands for, and which names it lacks; stands above the stages."""
