"""What layers cost: operations, memory, steps that wait for each other."""

from tutor.engine.cost.activation_memory import activation_memory
from tutor.engine.cost.attention import attention_flops
from tutor.engine.cost.conv import conv_flops
from tutor.engine.cost.ffn import ffn_flops
from tutor.engine.cost.flash_attention import flash_attention
from tutor.engine.cost.kv_cache import kv_cache
from tutor.engine.cost.path_length import path_length
from tutor.engine.cost.recurrent import recurrent_flops
from tutor.engine.cost.scaling import scaling
from tutor.engine.cost.score_memory import score_memory
from tutor.engine.cost.scores_crossover import scores_crossover
from tutor.engine.cost.sequential_steps import sequential_steps

__all__ = [
    "activation_memory",
    "attention_flops",
    "conv_flops",
    "ffn_flops",
    "flash_attention",
    "kv_cache",
    "path_length",
    "recurrent_flops",
    "scaling",
    "score_memory",
    "scores_crossover",
    "sequential_steps",
]
