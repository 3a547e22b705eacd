using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Snapshots by themselves: what goes in comes out, in memory and through a stream, and what does not fit is named.</summary>
[Trait("Row", "R17")]
public sealed class StateSnapshotTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_goes_in_comes_out(bool written)
    {
        using var before = new Pieces(1);
        using var after = new Pieces(2);
        using var snapshot = Capture(before);
        using var copy = written ? StateSnapshot.Read(new MemoryStream(snapshot.ToBytes())) : null;

        (copy ?? snapshot).Restore(after.Exchange);

        Assert.Equal(before.ToString(), after.ToString());
        Assert.NotEqual(new Pieces(2).ToString(), after.ToString());
    }

    [Fact]
    public void A_snapshot_is_a_copy_and_can_be_taken_again()
    {
        using var pieces = new Pieces(1);
        using var snapshot = Capture(pieces);
        var first = snapshot.ToBytes();
        pieces.Change();
        Assert.Equal(first, snapshot.ToBytes());

        snapshot.Capture(pieces.Exchange);

        using var fresh = Capture(pieces);
        Assert.Equal(fresh.ToBytes(), snapshot.ToBytes());
        snapshot.Capture(state => state.Exchange("only", ref pieces.Count));
        snapshot.Restore(state => state.Exchange("only", ref pieces.Count));
    }

    [Fact]
    public void Names_of_parts_are_told_apart()
    {
        var (first, second) = (1.0, 2.0);
        using var snapshot = new StateSnapshot();
        snapshot.Capture(Exchange);
        (first, second) = (0, 0);

        snapshot.Restore(Exchange);

        Assert.Equal((1, 2), (first, second));
        var error = Assert.Throws<FormatException>(() => snapshot.Restore(state => state.Under("a").Under("c").Exchange("x", ref first)));
        Assert.Equal("State of the run: a.c.x must be a number; found a.b.x in its place. It is of another kind of run.", error.Message);

        void Exchange(RunState state)
        {
            state.Under("a").Under("b").Exchange("x", ref first);
            state.Under("b").Exchange("x", ref second);
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using var pieces = new Pieces(1);
        using var snapshot = new StateSnapshot();
        snapshot.Capture(state => state.Exchange("mean", pieces.Single));
        using var longer = zeros(4);
        using var wider = zeros(3, dtype: ScalarType.Float64);

        Assert.Equal("State of the run: mean must be a tensor of Float32 [4]; found a tensor of Float32 [3]. It is of another kind of run.", Error(state => state.Exchange("mean", longer)));
        Assert.Contains("mean must be a tensor of Float64 [3]; found a tensor of Float32 [3]", Error(state => state.Exchange("mean", wider)), StringComparison.Ordinal);
        Assert.Contains("mean must be a whole number; found a tensor of Float32 [3]", Error(state => state.Exchange("mean", ref pieces.Count)), StringComparison.Ordinal);
        Assert.Contains("best must be a number; found nothing", Error(state =>
        {
            state.Exchange("mean", pieces.Single);
            state.Exchange("best", ref pieces.Number);
        }), StringComparison.Ordinal);
        Assert.Equal("State of the run: nothing is expected after the first 0 entries; mean is there. It is of another kind of run.", Error(_ => { }));

        string Error(Action<RunState> exchange) => Assert.Throws<FormatException>(() => snapshot.Restore(exchange)).Message;
    }

    [Fact]
    public void Bytes_that_are_no_snapshot_are_refused()
    {
        using var pieces = new Pieces(1);
        using var snapshot = Capture(pieces);
        var bytes = snapshot.ToBytes();

        Assert.Equal("the state of the run is not in this library's format", Assert.Throws<FormatException>(() => Read([.. "nonsense"u8])).Message);
        Assert.Equal("the state of the run is in format 2 and this version of the library reads up to 1; update MLNet.GradStability", Assert.Throws<FormatException>(() => Read([.. bytes[..4], 2, .. bytes[5..]])).Message);
        Assert.All(Enumerable.Range(0, 40), i => Assert.ThrowsAny<EndOfStreamException>(() => Read(bytes[..Math.Max(4, bytes.Length * i / 40)])));

        static void Read(byte[] bytes) => StateSnapshot.Read(new MemoryStream(bytes)).Dispose();
    }

    [Fact]
    public void A_generator_goes_back_to_its_place()
    {
        using var generator = new Generator(5);
        using var scope = NewDisposeScope();

        // An odd number of normal numbers leaves half a pair behind in the generator.
        empty(3).normal_(0, 1, generator);
        using var snapshot = new StateSnapshot();
        snapshot.Capture(state => state.Exchange("random", generator));
        var first = empty(33).normal_(0, 1, generator).ToArray();
        using var other = new Generator(6);

        snapshot.Restore(state => state.Exchange("random", other));

        Assert.Equal(first, empty(33).normal_(0, 1, other).ToArray());
    }

    private static StateSnapshot Capture(Pieces pieces)
    {
        var snapshot = new StateSnapshot();
        snapshot.Capture(pieces.Exchange);
        return snapshot;
    }

    /// <summary>Counts the tensors of the whole process, and so runs while no other test does.</summary>
    [Collection(nameof(Alone))]
    public sealed class Leaks
    {
        [Fact]
        public void Capturing_again_takes_no_new_tensor_and_disposing_frees_all()
        {
            using var pieces = new Pieces(1);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Tensor.TotalCount;
            using (var snapshot = Capture(pieces))
            {
                var held = Tensor.TotalCount;
                for (var i = 0; i < 5; i++)
                {
                    using var scope = NewDisposeScope();
                    snapshot.Capture(pieces.Exchange);
                    snapshot.Restore(pieces.Exchange);
                }

                Assert.Equal(held, Tensor.TotalCount);
                using var read = StateSnapshot.Read(new MemoryStream(snapshot.ToBytes()));
                Assert.Throws<EndOfStreamException>(() => StateSnapshot.Read(new MemoryStream(snapshot.ToBytes()[..^1])));
            }

            Assert.Equal(before, Tensor.TotalCount);
        }
    }

    /// <summary>One piece of every kind.</summary>
    private sealed class Pieces(int seed) : IDisposable
    {
        private readonly List<double> _numbers = [.. Enumerable.Range(0, 3 * seed).Select(i => i + (0.1 * seed))];
        private readonly Tensor _bytes = tensor(new long[] { 1, seed }).to(ScalarType.Byte);
        private readonly Tensor _double = tensor(Math.PI * seed);
        private readonly Tensor _whole = tensor(new long[] { seed, 1L << 40 }).view(1, 2);
        private readonly StateSnapshot _inner = Inner(seed);
        private List<Note> _records = [new(seed, "one"), new(double.NaN, "two")];
        private string _text = $"text {seed} ü";
        private int _int = -seed;
        private bool _flag = seed % 2 == 0;

        public double Number = double.NaN * seed;

        public long Count = (long)seed << 40;

        public Tensor Single { get; } = tensor(new float[] { seed, -0.5f, float.Epsilon });

        public void Exchange(RunState state)
        {
            state.Exchange("single", Single);
            state.Exchange("bytes", _bytes);
            state.Exchange("double", _double);
            state.Exchange("whole", _whole);
            state.Exchange("number", ref Number);
            state.Exchange("count", ref Count);
            state.Exchange("int", ref _int);
            state.Exchange("flag", ref _flag);
            state.Exchange("numbers", _numbers);
            state.Exchange("text", ref _text);
            state.ExchangeJson("records", ref _records);
            state.Exchange("inner", _inner);
        }

        public void Change()
        {
            Single.add_(1);
            Count++;
            _numbers.Add(7);
        }

        public override string ToString() => FormattableString.Invariant(
            $"{string.Join(' ', new[] { Single, _bytes, _double, _whole }.SelectMany(Support.ToArray))} {Number} {Count} {_int} {_flag} {string.Join(' ', _numbers)} {_text} {string.Join(' ', _records)} {Convert.ToHexString(_inner.ToBytes())}");

        public void Dispose()
        {
            Single.Dispose();
            _bytes.Dispose();
            _double.Dispose();
            _whole.Dispose();
            _inner.Dispose();
        }

        private static StateSnapshot Inner(int seed)
        {
            using var tensor = zeros(seed, 2).add_(seed);
            var snapshot = new StateSnapshot();
            snapshot.Capture(state =>
            {
                var number = Math.E * seed;
                state.Exchange("tensor", tensor);
                state.Exchange("number", ref number);
            });
            return snapshot;
        }
    }

    private sealed record Note(double Number, string Text);
}
