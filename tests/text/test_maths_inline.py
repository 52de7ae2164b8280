import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.maths import inline, parse

# TeX, Unicode, ASCII
LECTURE = [
    ("h_t", "hₜ", "h_t"),
    ("c_{t-1}", "cₜ₋₁", "c_(t-1)"),
    ("W_{hh}", "W_hh", "W_hh"),
    (r"\sigma(W_f [h_{t-1}, x_t] + b_f)", "σ(W_f [hₜ₋₁, xₜ] + b_f)",
     "sigma(W_f [h_(t-1), x_t] + b_f)"),
    (r"c_t = f_t \odot c_{t-1} + i_t \odot g_t", "cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ gₜ",
     "c_t = f_t .* c_(t-1) + i_t .* g_t"),
    (r"h_t = o_t \odot \tanh(c_t)", "hₜ = oₜ ⊙ tanh(cₜ)", "h_t = o_t .* tanh(c_t)"),
    (r"\tilde{h}_t = \tanh(W x_t + r_t \odot (U h_{t-1}))",
     "h̃ₜ = tanh(W xₜ + rₜ ⊙ (U hₜ₋₁))", "tilde(h)_t = tanh(W x_t + r_t .* (U h_(t-1)))"),
    (r"\frac{\partial h_T}{\partial h_0} = \prod_{t=1}^{T} \operatorname{diag}(\phi'(z_t)) W",
     "∂h_T/∂h₀ = ∏ₜ₌₁ᵀ diag(φ′(zₜ)) W",
     "partial h_T/partial h_0 = prod_(t=1)^T diag(phi'(z_t)) W"),
    (r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V",
     "softmax(QKᵀ/√dₖ) V", "softmax(QK^T/sqrt(d_k)) V"),
    (r"PE_{(pos, 2i)} = \sin\left(\frac{pos}{10000^{2i/d}}\right)",
     "PE_(pos,2i) = sin(pos/10000^(2i/d))", "PE_(pos,2i) = sin(pos/10000^(2i/d))"),
    (r"P(x_1, \ldots, x_T) = P(x_1) \prod_{t=2}^{T} P(x_t \mid x_{t-1})",
     "P(x₁, …, x_T) = P(x₁) ∏ₜ₌₂ᵀ P(xₜ | xₜ₋₁)",
     "P(x_1, ..., x_T) = P(x_1) prod_(t=2)^T P(x_t | x_(t-1))"),
    (r"\sigma(x) = \frac{1}{1 + e^{-x}}", "σ(x) = 1/(1 + e⁻ˣ)", "sigma(x) = 1/(1 + e^(-x))"),
    (r"\tanh x = 2\sigma(2x) - 1", "tanh x = 2σ(2x) − 1", "tanh x = 2 sigma(2x) - 1"),
    (r"\hat{y}_t = \operatorname{softmax}(W_{hy} h_t)", "ŷₜ = softmax(W_hy hₜ)",
     "hat(y)_t = softmax(W_hy h_t)"),
    (r"4h(d + h + 2)", "4h(d + h + 2)", "4h(d + h + 2)"),
    (r"\gamma \cdot \sigma_{\max}(W) < 1", "γ · σ_max(W) < 1", "gamma * sigma_max(W) < 1"),
    (r"v^\top \tanh(W_q q + W_k k)", "vᵀ tanh(W_q q + W_k k)", "v^T tanh(W_q q + W_k k)"),
    (r"0.9^{100} \approx 2.7 \times 10^{-5}", "0.9¹⁰⁰ ≈ 2.7 × 10⁻⁵", "0.9^100 ~= 2.7 * 10^(-5)"),
    (r"\frac{T(T+1)}{2}", "T(T + 1)/2", "T(T + 1)/2"),
    (r"\alpha_{ti} = \frac{\exp(e_{ti})}{\sum_j \exp(e_{tj})}",
     "αₜᵢ = exp(eₜᵢ)/(∑ⱼ exp(eₜⱼ))", "alpha_ti = exp(e_ti)/(sum_j exp(e_tj))"),
    (r"\operatorname{Var}(q \cdot k) = d_k", "Var(q · k) = dₖ", "Var(q * k) = d_k"),
    (r"O(N^2 \cdot d)", "O(N² · d)", "O(N^2 * d)"),
    (r"\mathbb{R}^{T \times d_{\text{model}}}", "ℝ^(T×d_model)", "R^(T*d_model)"),
]  # fmt: skip

SIGNS = [
    ("-x", "−x", "-x"),
    ("a = -b", "a = −b", "a = -b"),
    ("a-b", "a − b", "a - b"),
    ("2 \\cdot -3", "2 · −3", "2 * -3"),
    (r"x \to \infty", "x → ∞", "x -> inf"),
    (r"x \leftarrow y", "x ← y", "x <- y"),
    (r"a \Rightarrow b", "a ⇒ b", "a => b"),
    (r"a \le b \ge c \ne d", "a ≤ b ≥ c ≠ d", "a <= b >= c != d"),
    (r"a \equiv b \sim c \propto d", "a ≡ b ∼ c ∝ d", "a == b ~ c propto d"),
    (r"x \in \mathbb{R}", "x ∈ ℝ", "x in R"),
    (r"\mathbb{E}[X] \pm \epsilon", "𝔼[X] ± ε", "E[X] +- epsilon"),
    (r"\mathcal{L}(\theta)", "ℒ(θ)", "L(theta)"),
    (r"\mathbf{x} \oplus \mathrm{LSTM}", "x ⊕ LSTM", "x (+) LSTM"),
    (r"\nabla L", "∇L", "grad L"),
    (r"\|g\| = \sqrt{g \cdot g}", "‖g‖ = √(g · g)", "||g|| = sqrt(g * g)"),
    (r"|x|", "|x|", "|x|"),
    (r"\left\| \nabla L \right\|_2", "‖∇L‖₂", "||grad L||_2"),
    (r"\{0, 1\}", "{0, 1}", "{0, 1}"),
    ("[0, 1)", "[0, 1)", "[0, 1)"),
    (r"95\%", "95%", "95%"),
    (r"a \quad b", "a  b", "a  b"),
    (r"a\,b\!c", "a bc", "a bc"),
    (r"(x_1, \dots, x_n)", "(x₁, …, xₙ)", "(x_1, ..., x_n)"),
    (r"a + \cdots + b", "a + ⋯ + b", "a + ... + b"),
    (r"\alpha\beta", "αβ", "alpha beta"),
    (r"2\pi r", "2πr", "2 pi r"),
    ("σ × 2", "σ × 2", "sigma * 2"),
    ("3,456 - 2,592", "3,456 − 2,592", "3,456 - 2,592"),
    ("(10, 24)", "(10, 24)", "(10, 24)"),
    ("10{,}000", "10,000", "10,000"),
    (r"\text{입력 크기} = \text{if } x", "입력 크기 = if x", "입력 크기 = if x"),
    (r"\text{100\% of \{a\}}", "100% of {a}", "100% of {a}"),
    (r"f: \mathbb{R} \to (0, 1)", "f: ℝ → (0, 1)", "f: R -> (0, 1)"),
    ("", "", ""),
    ("{}_t", "ₜ", "_t"),
]  # fmt: skip

SCRIPTS = [
    ("W_f", "W_f", "W_f"),
    ("a_{ij}", "aᵢⱼ", "a_ij"),
    ("x_{i,j}", "x_(i,j)", "x_(i,j)"),
    ("x_{i_j}", "x_(iⱼ)", "x_(i_j)"),
    (r"d_{\text{model}}", "d_model", "d_model"),
    (r"W_{\text{i}}", "W_i", "W_i"),
    (r"h_{\text{입력}}", "h_입력", "h_입력"),
    ("x^{QK}", "x^(QK)", "x^(QK)"),
    ("x^Q", "x^Q", "x^Q"),
    ("e^{-(x+1)}", "e⁻⁽ˣ⁺¹⁾", "e^(-(x+1))"),
    ("e^{x_i}", "e^(xᵢ)", "e^(x_i)"),
    (r"x^{\frac{1}{2}}", "x^(1/2)", "x^(1/2)"),
    ("A^T", "Aᵀ", "A^T"),
    (r"A^{-\top}", "A⁻ᵀ", "A^(-T)"),
    ("x_i^2", "xᵢ²", "x_i^2"),
    ("x^2_i", "xᵢ²", "x_i^2"),
    ("W^{(l)}_{xh}", "W_xh⁽ˡ⁾", "W_xh^(l)"),
    ("f''(x)", "f″(x)".replace("″", "′′"), "f''(x)"),
    ("x'_t", "x′ₜ", "x'_t"),
    ("(a + b)^2", "(a + b)²", "(a + b)^2"),
    ("{ab}^2", "(ab)²", "(ab)^2"),
    (r"{\frac{a}{b}}^2", "(a/b)²", "(a/b)^2"),
    ("{x^2}^3", "(x²)³", "(x^2)^3"),
    (r"\sin^2 x", "sin² x", "sin^2 x"),
    (r"\log_2 n", "log₂ n", "log_2 n"),
    (r"\max_{i} x_i", "maxᵢ xᵢ", "max_i x_i"),
    (r"\lim_{n \to \infty} P^n", "lim_(n→∞) Pⁿ", "lim_(n->inf) P^n"),
    (r"\sum_{j \in S} x_j", "∑_(j∈S) xⱼ", "sum_(j in S) x_j"),
    (r"\sum_{i=1}^{d_k} q_i k_i", "∑ᵢ₌₁^(dₖ) qᵢ kᵢ", "sum_(i=1)^(d_k) q_i k_i"),
    ("W_f x + W_i y + b_i", "W_f x + W_i y + bᵢ", "W_f x + W_i y + b_i"),
    ("W_{hh}h", "W_hh h", "W_hh h"),
    (r"\hat{x}", "x̂", "hat(x)"),
    (r"\bar{x} \vec{v} \dot{y}", "x̄v⃗ẏ", "bar(x)vec(v)dot(y)"),
    (r"\hat{y_t}", "ŷₜ", "hat(y)_t"),
    (r"\hat{xy}", "hat(xy)", "hat(xy)"),
]  # fmt: skip

FRACTIONS = [
    (r"\frac{a}{b}", "a/b", "a/b"),
    (r"\frac{a + b}{c}", "(a + b)/c", "(a + b)/c"),
    (r"\frac{ab}{c}", "ab/c", "ab/c"),
    (r"\frac{a}{bc}", "a/(bc)", "a/(bc)"),
    (r"\frac{a}{b + c}", "a/(b + c)", "a/(b + c)"),
    (r"\frac{-x}{2}", "−x/2", "-x/2"),
    (r"\frac{\frac{a}{b}}{c}", "(a/b)/c", "(a/b)/c"),
    (r"\frac{a}{\frac{b}{c}}", "a/(b/c)", "a/(b/c)"),
    (r"\frac{\log x}{y}", "(log x)/y", "(log x)/y"),
    (r"\frac{\log(x)}{\log(y)}", "log(x)/log(y)", "log(x)/log(y)"),
    (r"\frac{1}{n(n+1)}", "1/(n(n + 1))", "1/(n(n + 1))"),
    (r"\frac{(a + b)}{(c + d)}", "(a + b)/(c + d)", "(a + b)/(c + d)"),
    (r"\frac{1}{2} x", "(1/2) x", "(1/2) x"),
    (r"x + \frac{1}{2}", "x + 1/2", "x + 1/2"),
    (r"\sin\frac{x}{2}", "sin(x/2)", "sin(x/2)"),
    (r"\frac{dy}{dx}", "dy/dx", "dy/dx"),
    (r"\frac{\partial L}{\partial h_T} \frac{\partial h_T}{\partial h_t}",
     "(∂L/∂h_T) (∂h_T/∂hₜ)", "(partial L/partial h_T) (partial h_T/partial h_t)"),
    (r"\frac{\val{h}}{\val{d}}", "h/d", "h/d"),
    (r"\sqrt{2}", "√2", "sqrt(2)"),
    (r"\sqrt{a + b}", "√(a + b)", "sqrt(a + b)"),
    (r"\sqrt{x^2}", "√(x²)", "sqrt(x^2)"),
    (r"\sqrt{2\pi}", "√(2π)", "sqrt(2 pi)"),
    (r"\sqrt[3]{x}", "³√x", "root(3, x)"),
    (r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}", "[1 0; 0 1]", "[1 0; 0 1]"),
    (r"\begin{pmatrix} a + b \\ c \end{pmatrix}", "(a + b; c)", "(a + b; c)"),
    (r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
     "{ x, if x > 0; 0, otherwise", "{ x, if x > 0; 0, otherwise"),
    (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a = b; c = d", "a = b; c = d"),
    (r"\val{lstm.total:,} + \val{d}", "lstm.total:, + d", "lstm.total:, + d"),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "drawn", "ascii_drawn"), LECTURE + SIGNS + SCRIPTS + FRACTIONS)
def test_inline(tex: str, drawn: str, ascii_drawn: str) -> None:
    node = parse(tex)
    assert inline(node) == drawn
    assert inline(node, ascii=True) == ascii_drawn


@given(st.text(alphabet="abxW012+-=_^{}()/, "))
def test_ascii_mode_is_ascii(text: str) -> None:
    try:
        node = parse(text)
    except Exception as error:  # noqa: BLE001 - the type is asserted
        assert type(error).__name__ == "MathsError"
    else:
        assert inline(node, ascii=True).isascii()
