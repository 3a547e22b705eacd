using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_and_not_taken_out()
    {
        Tensor inside, outer, free, kept;
        using (var outside = NewDisposeScope())
        {
            using (var scope = NewDisposeScope())
            {
                inside = torch.ones(1);
                outer = torch.ones(1).MoveToOuterDisposeScope();
                free = torch.ones(1).DetachFromDisposeScope();
                kept = scope.MoveToOuter(torch.ones(1));
                Assert.Equal(1, scope.DisposablesCount);
                Assert.True(scope.Contains(inside));
            }
            Assert.True(inside.IsInvalid);
            Assert.False(outer.IsInvalid || free.IsInvalid || kept.IsInvalid);
            Assert.Equal(2, outside.DisposablesCount);
        }
        Assert.True(outer.IsInvalid && kept.IsInvalid);
        Assert.False(free.IsInvalid);
        free.Dispose();
    }

    [Fact]
    public void The_outermost_scopes_tensors_move_out_of_all_scopes()
    {
        Tensor moved;
        using (NewDisposeScope())
            moved = torch.ones(1).MoveToOuterDisposeScope();
        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void Attaching_puts_under_a_scope_and_DisposeEverythingBut_spares()
    {
        var before = torch.ones(1);
        using var scope = NewDisposeScope();
        scope.Attach(before);
        var (spared, lost) = (torch.ones(1), torch.ones(1));
        scope.DisposeEverythingBut(spared);
        Assert.True(before.IsInvalid && lost.IsInvalid && !spared.IsInvalid);
        scope.DisposeEverything();
        Assert.True(spared.IsInvalid);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_disposed_tensor_leaves_its_scope_and_cannot_be_used()
    {
        using var scope = NewDisposeScope();
        var x = torch.ones(1);
        x.Dispose();
        x.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.Throws<InvalidOperationException>(() => x.add(1));
        Assert.Throws<InvalidOperationException>(() => x.shape);
        Assert.Throws<InvalidOperationException>(() => x.Handle);
    }

    [Fact]
    public void A_closed_scope_refuses_work()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(torch.ones(1)));
        Assert.Throws<ObjectDisposedException>(() => scope.DisposeEverything());
    }

    [Fact]
    public void Scopes_may_close_out_of_order()
    {
        var outside = NewDisposeScope();
        var a = torch.ones(1);
        using var inside = NewDisposeScope();
        outside.Dispose();
        var b = torch.ones(1);
        Assert.True(a.IsInvalid);
        Assert.True(inside.Contains(b));
    }

    [Fact]
    public void Scopes_are_of_one_thread()
    {
        using var scope = NewDisposeScope();
        using var elsewhere = Elsewhere.Run(() => torch.ones(1));
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void The_thread_counts_its_tensors()
    {
        var counts = DisposeScopeManager.Statistics;
        counts.Reset();
        using var outside = torch.ones(1);
        using (NewDisposeScope())
        {
            _ = torch.ones(1);
            _ = torch.ones(1);
            Assert.Equal((1L, 2L), (counts.CreatedOutsideScopeCount, counts.CreatedInScopeCount));
        }
        Assert.Equal(2, counts.DisposedInScopeCount);
    }

    [Fact]
    public void Parameters_take_over_their_data()
    {
        var data = torch.ones(2);
        using var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad && parameter.is_leaf);
        using var view = parameter.alias();
        Assert.Equal(parameter.numel(), view.numel());
        using var plain = nn.Parameter(torch.ones(1), false);
        Assert.False(plain.requires_grad);
    }
}
