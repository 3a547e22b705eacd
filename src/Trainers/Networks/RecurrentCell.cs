namespace MLNet.GradStability;

/// <summary>What a layer of <see cref="Network.Recurrent"/> does at each step with its input x and its state h.</summary>
public enum RecurrentCell
{
    /// <summary>h ← tanh(W·x + U·h + b) (Elman 1990). Forgets within tens of steps.</summary>
    Rnn,

    /// <summary>h ← max(0, W·x + U·h + b), U starting as the identity, so that states last (Le et al. 2015, arXiv:1504.00941). Wants clipped gradients.</summary>
    Irnn,

    /// <summary>Gated recurrent unit: two gates choose how much of the state is replaced (Cho et al. 2014, arXiv:1406.1078).</summary>
    Gru,

    /// <summary>Long short-term memory: three gates around a cell that keeps its content (Hochreiter and Schmidhuber 1997).</summary>
    Lstm,
}
