using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Gateway;

// The development proxy is a mode of this program: one more way in, for Development alone.
return await ServiceRunner.Run("Gateway", () => args.Contains(DevelopmentProxy.Mode) ? DevelopmentProxy.Build(args) : GatewayService.Build(args));
