using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after another.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _modules = [];

            /// <summary>Modules under the names 0, 1, 2 ...</summary>
            protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
            {
                foreach (var module in modules)
                    append(module);
            }

            /// <summary>Modules under given names.</summary>
            protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
            {
                foreach (var (name, module) in modules)
                    append(name, module);
            }

            /// <summary>How many modules there are.</summary>
            public int Count => _modules.Count;

            /// <summary>A module by its place.</summary>
            [IndexerName("SequentialItems")]
            public nn.IModule<Tensor, Tensor> this[int index] => _modules[index].Module;

            /// <summary>Adds a module under its place as name.</summary>
            public Sequential append(nn.IModule<Tensor, Tensor> module) => append($"{Count}", module);

            /// <summary>Adds a module under a name.</summary>
            public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
            {
                register_module(name, (nn.Module)module);
                _modules.Add((name, module));
                return this;
            }

            /// <summary>The result of the last module; those in between are disposed.</summary>
            public override Tensor forward(Tensor tensor)
            {
                if (Count == 0)
                    return tensor.alias();
                var result = this[0].call(tensor);
                for (var i = 1; i < Count; i++)
                {
                    var next = this[i].call(result);
                    result.Dispose();
                    result = next;
                }
                return result;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>No modules yet.</summary>
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            /// <summary>Modules under the names 0, 1, 2 ...</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            /// <summary>Modules under given names.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            /// <summary>Modules under the names 0, 1, 2 ...</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());

            /// <summary>Modules under given names.</summary>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) =>
                new(modules.ToArray());
        }
    }
}
