using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Gateway;

return await ServiceRunner.Run(() => GatewayService.Build(args));
