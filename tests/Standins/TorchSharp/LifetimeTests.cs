using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class LifetimeTests
{
    [Fact]
    public void Tensors_are_counted_while_they_live()
    {
        Collect();
        var before = Tensor.TotalCount;
        var x = torch.ones(1);
        var y = x + x;
        Assert.Equal(before + 2, Tensor.TotalCount);
        x.Dispose();
        y.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_training_step_leaves_no_tensor_behind()
    {
        using var net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3));
        using var optimizer = optim.Adam(net.parameters(), 1e-2);
        using var x = torch.randn(16, 4);
        using var y = torch.randint(3, [16L]);
        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(net.call(x), y).backward();
            nn.utils.clip_grad_norm_(net.parameters(), 1);
            optimizer.step();
        }
        Step();
        Collect();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 50; i++)
            Step();
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Finalizers_release_what_nobody_disposed()
    {
        Collect();
        var before = Tensor.TotalCount;
        Litter(2000);
        Collect();
        Assert.True(Tensor.TotalCount <= before);
    }

    [Fact]
    public async Task Collections_during_calls_take_nothing_away_from_under_them()
    {
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        var workers = Enumerable.Range(0, 2).Select(seed => Task.Run(() =>
        {
            for (var i = 0; i < 1500; i++)
                Assert.Equal(64f, torch.cat([Ones(), Ones() * 1, torch.stack([Ones()]).squeeze(0), Ones()[..16]]).sum().item<float>());
        })).ToArray();
        await Task.WhenAll(workers);
        stop.Cancel();
        await collector;

        static Tensor Ones() => torch.ones(4, 4).reshape(16);
    }

    [Fact]
    public void Memory_lives_as_long_as_one_view_of_it()
    {
        Tensor view;
        using (var x = torch.arange(1000, float32))
            view = x[500..502];
        Litter(100);
        Collect();
        Assert.Equal([500f, 501], view.data<float>().ToArray());
        view.Dispose();
    }

    [Fact]
    public void An_error_of_libtorch_has_its_message_and_leaves_all_usable()
    {
        using var x = torch.ones(2, 3);
        var error = Assert.Throws<ExternalException>(() => x.mm(x));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
        Assert.Throws<ExternalException>(() => x.view(5));
        Assert.Throws<ExternalException>(() => x.select(0, 9));
        Assert.Equal(6f, x.sum().item<float>());
    }

    [Fact]
    public void Threads_work_side_by_side()
    {
        var sums = new float[8];
        Parallel.For(0, sums.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator((ulong)i);
            var x = torch.randn(64, 64, generator: generator).requires_grad_();
            x.matmul(x).sum().backward();
            sums[i] = x.grad!.sum().item<float>();
        });
        for (var i = 0; i < sums.Length; i++)
        {
            using var x = torch.randn(64, 64, generator: new Generator((ulong)i)).requires_grad_();
            x.matmul(x).sum().backward();
            Assert.Equal(sums[i], x.grad!.sum().item<float>(), 2f);
        }
    }

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(1);
        Assert.Equal(1, torch.get_num_threads());
        torch.set_num_threads(before);
        Assert.True(torch.get_num_interop_threads() > 0);
        Assert.Equal(torch.cuda.is_available(), torch.cuda.device_count() > 0);
        Assert.Equal(ScalarType.Float32, torch.get_default_dtype());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Litter(int count)
    {
        for (var i = 0; i < count; i++)
            _ = torch.ones(8) * i;
    }

    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
