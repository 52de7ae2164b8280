"""Parameter counts: layers counted tensor by tensor, without building them."""

from tutor.engine.params.additive_attention import (
    AdditiveAttentionParams,
    additive_attention_params,
)
from tutor.engine.params.attention import AttentionParams, attention_params
from tutor.engine.params.batch_norm import BatchNormParams, batch_norm_params
from tutor.engine.params.bert import BertParams, bert_params
from tutor.engine.params.conv import ConvParams, conv_params
from tutor.engine.params.decoder_layer import DecoderLayerParams, decoder_layer_params
from tutor.engine.params.dense import DenseParams, dense_params
from tutor.engine.params.embedding import EmbeddingParams, embedding_params
from tutor.engine.params.encoder_layer import EncoderLayerParams, encoder_layer_params
from tutor.engine.params.gpt import GptParams, gpt_params
from tutor.engine.params.gru import GruParams, gru_params
from tutor.engine.params.image_classifier import ImageClassifierParams, image_classifier_params
from tutor.engine.params.layer_norm import LayerNormParams, layer_norm_params
from tutor.engine.params.lenet5 import Lenet5Params, lenet5_params
from tutor.engine.params.lstm import LstmParams, lstm_params
from tutor.engine.params.model import ModelParams, model, model_params
from tutor.engine.params.model_count import LayerCount, ModelCount
from tutor.engine.params.rnn import RnnParams, rnn_params
from tutor.engine.params.transformer import TransformerParams, transformer_params

__all__ = [
    "AdditiveAttentionParams",
    "AttentionParams",
    "BatchNormParams",
    "BertParams",
    "ConvParams",
    "DecoderLayerParams",
    "DenseParams",
    "EmbeddingParams",
    "EncoderLayerParams",
    "GptParams",
    "GruParams",
    "ImageClassifierParams",
    "LayerCount",
    "LayerNormParams",
    "Lenet5Params",
    "LstmParams",
    "ModelCount",
    "ModelParams",
    "RnnParams",
    "TransformerParams",
    "additive_attention_params",
    "attention_params",
    "batch_norm_params",
    "bert_params",
    "conv_params",
    "decoder_layer_params",
    "dense_params",
    "embedding_params",
    "encoder_layer_params",
    "gpt_params",
    "gru_params",
    "image_classifier_params",
    "layer_norm_params",
    "lenet5_params",
    "lstm_params",
    "model",
    "model_params",
    "rnn_params",
    "transformer_params",
]
