"""Words that keep their capital in any English title: people who became terms, languages, places, days, products.

In a title in sentence case every capital inside it is meant; in one in Title Case only a list can tell `Hessian` from
`Matrix`. Names that are also common words (Bell, Green, Lean) are left out.
"""

from __future__ import annotations

_PEOPLE = """
abel abelian adam adamw alzheimer alzheimers archimedean archimedes aristotelian aristotle arnoldi asperger
bahadur banach bayes bayesian bellman bernoulli bernstein bertrand bessel bethe blackwell bloch bochner
boltzmann bonferroni boole boolean borel bose bregman brownian buffon burgers byzantine cantor carlo cartan
cartesian cauchy cayley chebyshev chern chernoff cholesky chomsky chua clifford copernican coulomb courant
cox cramer crohn darwin darwinian debye descartes diffie dijkstra dirac dirichlet doob doppler drude dyson
einstein erdos erlang euclid euclidean euler eulerian fano fermat fermi feynman fibonacci fisher fokker
fourier fredholm freud freudian frobenius gabor galerkin galilean galileo galois gauss gaussian gershgorin
gibbs gini godel goldbach gram granger grassmann grassmannian gumbel haar hadamard hahn hamilton hamiltonian
hamming hankel hardy harnack hausdorff hawkes heaviside heisenberg hellinger hellman helmholtz hermite
hermitian hessian heyting hilbert hodgkin hoeffding hopf hopfield huber huffman huntington hurwitz huygens
ising ito jacobi jacobian jensen kaczmarz kahler kalman kantorovich karhunen karush kawasaki kepler khinchin
kirchhoff knuth kolmogorov krebs kripke kronecker krylov kullback lagrange lagrangian laguerre lanczos
langevin laplace laplacian lebesgue legendre leibler leibniz lennard levenberg levenshtein levy lie lindley
lipschitz loeve lorentz lorentzian lorenz lotka lyapunov mach mahalanobis mamba markov markovian marquardt
marxist maxwell mccarthy mendel mendelian mercer metropolis minkowski mobius moebius monte moran morse
nadaraya nakagami nash navier nesterov neumann newton newtonian neyman nyquist nystrom occam ohm pareto
parkinson parkinsons parseval pascal pauli pearson penrose petri picard planck poincare poisson polya
pontryagin popper rademacher radon ramanujan ramsey rashomon rayleigh renyi riccati ricci riemann riemannian
robbins rosenblatt runge rutherford sanov schmidt schrodinger schur schwarz shannon shapley sherlock
sinkhorn skolem sobolev socrates socratic spearman stackelberg stein steiner stiefel stieltjes stirling
stokes sturm sylvester tarski taylor tchebycheff thompson tikhonov toeplitz tukey turing tversky ulam
vandermonde vapnik venn viterbi volterra voronoi wald wasserstein weibull weierstrass weyl wiener wigner
wilcoxon wishart yule zipf zipfian
"""
_PEOPLES_AND_LANGUAGES = """
african afrikaans albanian american amharic arab arabic argentinian armenian asian assamese australian
austrian azerbaijani balkan basque belarusian belgian bengali bosnian brazilian breton british buddhist
bulgarian burmese canadian cantonese catalan caucasian chilean chinese christian colombian creole croatian
cuban czech danish dravidian dutch egyptian english estonian ethiopian european faroese filipino finnish
flemish french galician georgian german germanic greek gujarati hausa hawaiian hebrew hindi hindu hispanic
hungarian icelandic igbo indian indic indo indonesian iranian irish islamic israeli italian japanese
javanese jewish kannada kashmiri kazakh khmer korean kurdish latin latino latvian lithuanian macedonian
malay malayalam maltese mandarin maori marathi mediterranean mexican mongolian muslim nepali nigerian nordic
norwegian oriya ottoman pakistani palestinian pashto persian peruvian polish portuguese punjabi quechua
romanian russian samoan sanskrit scandinavian scottish semitic serbian shona sindhi sinhala slavic slovak
slovenian somali spanish sumerian swahili swedish swiss syrian tagalog taiwanese tamil tatar telugu thai
tibetan tigrinya turkic turkish uighur ukrainian urdu uyghur uzbek vietnamese welsh xhosa yiddish yoruba
zulu
"""
_PLACES = """
africa alaska amazon america antarctica arctic argentina asia atlantic australia austria baltic bangladesh
belgium berlin boston brazil britain bulgaria california cambridge canada caribbean chicago chile china
colombia cuba denmark earth egypt england ethiopia europe finland florida france germany ghana greece
greenland hawaii hungary iceland india indonesia iran iraq ireland israel istanbul italy jamaica japan
jerusalem jupiter kenya korea london madrid malaysia mars mexico milan moscow munich nepal netherlands
nigeria norway oxford pacific pakistan paris peru philippines poland portugal princeton romania rome russia
rwanda scandinavia scotland seoul shanghai siberia singapore slovakia slovenia somalia spain stanford sweden
switzerland syria taiwan tanzania texas thailand tibet tokyo toronto uganda ukraine utah venezuela venice
venus vienna vietnam wales washington zambia zimbabwe
"""
_DAYS_AND_MONTHS = """
april christmas december easter february friday january july june monday november october ramadan saturday
september sunday thursday tuesday wednesday
"""
_PRODUCTS = """
agda airbus android atari bert bitcoin bluetooth boeing claude coq deepseek ethereum facebook fortran gemini
github gitlab google hadoop haskell huawei imagenet instagram intel internet isabelle java javascript keras
kotlin kubernetes linux lisp llama microsoft minecraft mistral netflix nvidia prolog python pytorch qwen
reddit samsung scala starcraft tensorflow tesla twitter unix wikidata wikipedia youtube
"""

NAMES = frozenset(f"{_PEOPLE} {_PEOPLES_AND_LANGUAGES} {_PLACES} {_DAYS_AND_MONTHS} {_PRODUCTS}".split())
