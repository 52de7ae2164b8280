"""Parameter counts: layers counted tensor by tensor, without building them."""

from tutor.engine.params.attention import AttentionParams, attention_params
from tutor.engine.params.bert import BertParams, bert_params
from tutor.engine.params.conv import ConvParams, conv_params
from tutor.engine.params.decoder_layer import DecoderLayerParams, decoder_layer_params
from tutor.engine.params.dense import DenseParams, dense_params
from tutor.engine.params.encoder_layer import EncoderLayerParams, encoder_layer_params
from tutor.engine.params.gpt import GptParams, gpt_params
from tutor.engine.params.gru import GruParams, gru_params
from tutor.engine.params.lstm import LstmParams, lstm_params
from tutor.engine.params.rnn import RnnParams, rnn_params
from tutor.engine.params.transformer import TransformerParams, transformer_params

__all__ = [
    "AttentionParams",
    "BertParams",
    "ConvParams",
    "DecoderLayerParams",
    "DenseParams",
    "EncoderLayerParams",
    "GptParams",
    "GruParams",
    "LstmParams",
    "RnnParams",
    "TransformerParams",
    "attention_params",
    "bert_params",
    "conv_params",
    "decoder_layer_params",
    "dense_params",
    "encoder_layer_params",
    "gpt_params",
    "gru_params",
    "lstm_params",
    "rnn_params",
    "transformer_params",
]
