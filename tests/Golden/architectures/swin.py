"""2-D Swin UNETR. Inside the transformer maps are N, H, W, C."""

import torch
import torch.nn.functional as F

from weights import conv, conv_transpose, instance_norm, layer_norm, linear

HEADS = (3, 6, 12, 24)


def position_index(window):
    """Token i, token j of a window -> row of the bias table: (dy + window - 1) * (2 window - 1) + dx + window - 1."""
    y, x = torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")
    y, x = y.flatten(), x.flatten()
    dy, dx = y[:, None] - y[None, :], x[:, None] - x[None, :]
    return (dy + window - 1) * (2 * window - 1) + dx + window - 1


def partition(x, wh, ww):
    """N, H, W, C -> N * windows, tokens, C."""
    n, h, width, c = x.shape
    x = x.reshape(n, h // wh, wh, width // ww, ww, c)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, wh * ww, c)


def unpartition(x, n, h, width, wh, ww):
    x = x.reshape(n, h // wh, width // ww, wh, ww, -1)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(n, h, width, -1)


def regions(length, window, shift):
    """Along one axis: 0, 1, 2 for the places that shifted windows must not mix; one region when the axis is not shifted."""
    r = torch.zeros(length, dtype=torch.long)
    if shift:
        r[-window:-shift] = 1
        r[-shift:] = 2
    return r


def attention(w, key, x, heads, window, mask):
    """x: windows, tokens, C; mask: windows of one image, tokens, tokens, or None."""
    b, t, c = x.shape
    q, k, v = linear(w, f"{key}.qkv", x, 3 * c).reshape(b, t, 3, heads, c // heads).permute(2, 0, 3, 1, 4)
    table = w(f"{key}.relative_position_bias_table", (2 * window - 1) ** 2, heads)
    index = w.buffer(f"{key}.relative_position_index", lambda: position_index(window))[:t, :t]
    scores = (q * (c // heads) ** -0.5) @ k.transpose(2, 3) + table[index].permute(2, 0, 1)
    if mask is not None:
        m = mask.shape[0]
        scores = (scores.reshape(b // m, m, heads, t, t) + mask[:, None]).reshape(b, heads, t, t)
    return linear(w, f"{key}.proj", (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, t, c), c)


def window_attention(w, key, x, heads, window, shifted):
    n, h, width, _ = x.shape
    wh, sh = (h, 0) if h <= window else (window, window // 2 if shifted else 0)
    ww, sw = (width, 0) if width <= window else (window, window // 2 if shifted else 0)
    x = F.pad(x, (0, 0, 0, -width % ww, 0, -h % wh))
    ph, pw = x.shape[1:3]
    mask = None
    if sh or sw:
        x = torch.roll(x, (-sh, -sw), (1, 2))
        region = regions(ph, wh, sh)[:, None] * 3 + regions(pw, ww, sw)[None, :]
        region = partition(region[None, :, :, None], wh, ww)[:, :, 0]
        mask = (region[:, :, None] != region[:, None, :]).to(x.dtype) * -100.0
    x = unpartition(attention(w, key, partition(x, wh, ww), heads, window, mask), n, ph, pw, wh, ww)
    return torch.roll(x, (sh, sw), (1, 2))[:, :h, :width]


def block(w, key, x, heads, window, shifted):
    x = x + window_attention(w, f"{key}.attn", layer_norm(w, f"{key}.norm1", x), heads, window, shifted)
    y = F.gelu(linear(w, f"{key}.mlp.linear1", layer_norm(w, f"{key}.norm2", x), 4 * x.shape[3]))
    return x + linear(w, f"{key}.mlp.linear2", y, x.shape[3])


def merge(w, key, x):
    x = F.pad(x, (0, 0, 0, x.shape[2] % 2, 0, x.shape[1] % 2))
    x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], 3)
    return linear(w, f"{key}.reduction", layer_norm(w, f"{key}.norm", x), x.shape[3] // 2, bias=False)


def transformer(w, x, width, window, depths, patch_norm):
    """h0 .. h4, N, C, H, W, each normalised over its channels; the stages go on with the maps as they are."""
    x = F.pad(x, (0, -x.shape[3] % 4, 0, -x.shape[2] % 4))
    x = conv(w, "swinViT.patch_embed.proj", x, width, 4, 4, padding=0, bias=True).permute(0, 2, 3, 1)
    if patch_norm:
        x = layer_norm(w, "swinViT.patch_embed.norm", x)
    maps = [x]
    for i, (depth, heads) in enumerate(zip(depths, HEADS), 1):
        key = f"swinViT.layers{i}.0"
        for j in range(depth):
            x = block(w, f"{key}.blocks.{j}", x, heads, window, j % 2 == 1)
        x = merge(w, f"{key}.downsample", x)
        maps.append(x)
    return [F.layer_norm(m, (m.shape[3],), eps=1e-5).permute(0, 3, 1, 2) for m in maps]


def residual(w, key, x, out):
    y = F.leaky_relu(instance_norm(conv(w, f"{key}.conv1.conv", x, out, 3)), 0.01)
    y = instance_norm(conv(w, f"{key}.conv2.conv", y, out, 3))
    if x.shape[1] != out:
        x = instance_norm(conv(w, f"{key}.conv3.conv", x, out, 1))
    return F.leaky_relu(y + x, 0.01)


def up(w, key, x, skip, k=2):
    x = conv_transpose(w, f"{key}.transp_conv.conv", x, skip.shape[1], k, bias=False)
    return residual(w, f"{key}.conv_block", torch.cat([x, skip], 1), skip.shape[1])


def swin_unetr(w, x, classes, width=48, window=16, depths=(2, 2, 2, 2), patch_norm=False):
    h0, h1, h2, h3, h4 = transformer(w, x, width, window, depths, patch_norm)
    e1 = residual(w, "encoder1.layer", x, width)
    e2 = residual(w, "encoder2.layer", h0, width)
    e3 = residual(w, "encoder3.layer", h1, 2 * width)
    e4 = residual(w, "encoder4.layer", h2, 4 * width)
    y = residual(w, "encoder10.layer", h4, 16 * width)
    y = up(w, "decoder5", y, h3)
    y = up(w, "decoder4", y, e4)
    y = up(w, "decoder3", y, e3)
    y = up(w, "decoder2", y, e2)
    y = up(w, "decoder1", y, e1, 4)
    return {"out": conv(w, "out.conv.conv", y, classes, 1, bias=True)}
